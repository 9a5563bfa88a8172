import { createTestIssuer } from "./issuer.ts";

// Mints tokens for whoever asks: for trying JWT rules on the local cluster, never for anything real.
const host = process.env["LISTEN_ADDRESS"] ?? "127.0.0.1";
const port = Number(process.env["PORT"] ?? "8080");
const issuer = process.env["ISSUER"] ?? "http://test-issuer.kyma-system.svc.cluster.local";

const server = await createTestIssuer(issuer);
server.listen(port, host, () =>
  console.log(JSON.stringify({ msg: "test issuer listens, for tests only", host, port, issuer })),
);
process.once("SIGTERM", () => server.close(() => process.exit(0)));
