/** What a person needs to know after a start. */
export interface Summary {
  /** One-time sign-in link. */
  consoleUrl: string;
  seconds: number;
  logs: string;
  /** Present for a local cluster. */
  local?: { gatewayPort: number; kubeconfig: string; kubectlArguments: string };
}

/** The text printed when everything is ready. */
export function summaryText(summary: Summary): string {
  const rows = [
    ["Console", `${summary.consoleUrl}  (this link works once)`],
    ...(summary.local
      ? [
          ["Exposed", `http://<host>.localhost:${summary.local.gatewayPort}`],
          ["kubectl", `npm run kubectl -- ${summary.local.kubectlArguments}get functions -A`],
          ["Kubeconfig", summary.local.kubeconfig],
        ]
      : []),
    ["Logs", summary.logs],
  ];
  const lines = rows.map(([name, value]) => `  ${name!.padEnd(11)} ${value}`);
  return [
    "",
    `Kyma is ready after ${summary.seconds.toFixed(1)} s.`,
    "",
    ...lines,
    "",
    "Ctrl-C stops everything and keeps what is stored.",
  ].join("\n");
}
