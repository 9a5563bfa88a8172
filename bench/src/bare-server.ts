/** The floor of the Function runtime's benchmark: `node:http` that reads the body and answers a constant. */
import http from "node:http";

const [address, port] = process.argv.slice(2);

const server = http.createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    Buffer.concat(chunks);
    response.end("Hello World!");
  });
});
server.listen(Number(port), address);
