/**
 * Preloaded (`node --import`) into a controllers process by fault tests: ends it with SIGKILL at its n-th call of the API
 * server, either before the request is sent ("before:n") or when the server has acted but nobody heard of it ("after:n"). With ":writes"
 * behind it only calls count that may change something.
 */
import { Connection } from "@kyma/kube/connection.ts";

const [when, index, which] = (process.env["KILL_AT_CALL"] ?? "before:0").split(":");
const target = Number(index);
// oxlint-disable-next-line typescript/unbound-method -- called with its object below
const send = Connection.prototype.send;
let calls = 0;

Connection.prototype.send = async function (this: Connection, ...request) {
  const [, { method = "GET" } = {}] = request;
  if (which === "writes" && method === "GET") return send.apply(this, request);
  const call = ++calls;
  if (when === "before" && call === target) process.kill(process.pid, "SIGKILL");
  const answer = await send.apply(this, request);
  if (when === "after" && call === target) process.kill(process.pid, "SIGKILL");
  return answer;
};
