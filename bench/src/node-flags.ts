const given = process.env["KYMA_BENCH_NODE_FLAGS"];

/** For the processes under measurement, e.g. --cpu-prof, while working on them. */
export const nodeFlags: { nodeFlags?: string[] } = given
  ? { nodeFlags: given.split(" ").filter(Boolean) }
  : {};
