/** One figure. `ratio` is ours against the peer of the same run, turned so that higher is better. */
export interface BenchResult {
  name: string;
  value: number;
  unit: string;
  ratio?: number;
  peer?: string;
  /** What we aim for, in words: "≤ 3 s", "ratio ≥ 0.8". */
  gate?: string;
  note?: string;
}

export interface BenchOptions {
  /** `--pods`: size of the cluster that is filled. */
  pods?: number;
  /** `--minutes`: how long events are published at a fixed rate. */
  minutes?: number;
}
