/** What a request is answered with. */
export interface Answer {
  status: number;
  /** Nothing for 204. */
  body?: string;
  contentType?: string;
  allow?: string;
}

/** Why a request is not done: an HTTP status and one sentence for who sent it. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly status: number;

  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

export function textAnswer(status: number, sentence: string): Answer {
  return { status, body: `${sentence}\n`, contentType: "text/plain; charset=utf-8" };
}

export function jsonAnswer(status: number, value: unknown): Answer {
  return { status, body: JSON.stringify(value), contentType: "application/json" };
}
