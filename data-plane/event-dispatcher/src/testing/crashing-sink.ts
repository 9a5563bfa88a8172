import { once } from "node:events";
import { createServer } from "node:http";

// Run as a process of its own, as a Function is. It listens when something comes on its standard input. An event whose id is POISON ends it
// before there is an answer; the ids of all others are printed, one a line.
const server = createServer((request, response) => {
  request.resume().once("end", () => {
    const id = String(request.headers["ce-id"]);
    if (id === process.env["POISON"]) process.exit(1);
    console.log(id);
    response.writeHead(204).end();
  });
});
console.log("ready");
await once(process.stdin, "data");
server.listen(Number(process.env["PORT"]), "127.0.0.1", () => console.log("listens"));
