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

/** A Kubernetes quantity ("100m", "64Mi", 2) as a number of its base unit; undefined when it is none. Pure. */
export function parseQuantity(text: string | number | undefined): number | undefined {
  const match = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([A-Za-z]{0,2})$/.exec(String(text ?? ""));
  const unit = match && Object.hasOwn(units, match[2] ?? "") ? units[match[2] ?? ""] : undefined;
  const value = Number(match?.[1]);
  return unit === undefined || Number.isNaN(value) ? undefined : value * unit;
}
