/** What a person's browser remembers. Storage may be blocked or full: then nothing is remembered, and nothing breaks. */
export function remember(
  key: string,
  value: string | undefined,
  storage: () => Storage = () => localStorage,
): void {
  try {
    if (value === undefined) storage().removeItem(`kyma.${key}`);
    else storage().setItem(`kyma.${key}`, value);
  } catch {
    // See above.
  }
}

/** What was remembered under `key`, if anything. */
export function recall(key: string, storage: () => Storage = () => localStorage): string | undefined {
  try {
    return storage().getItem(`kyma.${key}`) ?? undefined;
  } catch {
    return undefined;
  }
}
