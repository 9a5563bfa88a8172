/** Something that keeps an APIRule from being put into effect. */
export interface Problem {
  /** Path of the field, such as spec.rules[0].path. */
  attribute: string;
  /** A clause for people, without full stop. */
  message: string;
}
