const units: Record<string, number> = {
  "": 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A Kubernetes quantity ("100m", "64Mi", "1e3", 2) as a number of its base unit; undefined when it is none. */
export function parseQuantity(text: string | number | undefined): number | undefined {
  const match = /^([+-]?\d+(?:\.\d*)?|[+-]?\.\d+)(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(
    String(text ?? ""),
  );
  if (!match) return undefined;
  const unit = units[match[3] ?? ""];
  return unit === undefined ? undefined : Number(`${match[1]}${match[2] ?? ""}`) * unit;
}
