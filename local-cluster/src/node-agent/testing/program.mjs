// What the containers of the tests run: one small program with a few behaviours. Usage: program.mjs <behaviour> [argument]
import fs from "node:fs";
import http from "node:http";

const [behaviour = "serve", argument = ""] = process.argv.slice(2);
const address = process.env.LISTEN_ADDRESS;

const behaviours = {
  /** Answers every request; /env, /file?path= and /id tell what the process sees; ends at SIGTERM. */
  serve() {
    const server = http.createServer(answer);
    setTimeout(() => server.listen(8080, address, () => console.log("listening")), Number(argument || 0));
    process.on("SIGTERM", () => {
      console.log("ending");
      process.exit(0);
    });
  },
  /** Serves but does not listen to SIGTERM. */
  stubborn() {
    behaviours.serve();
    process.removeAllListeners("SIGTERM");
    process.on("SIGTERM", () => console.log("no"));
  },
  exit() {
    console.log(`exiting with ${argument}`);
    process.exit(Number(argument));
  },
  fail() {
    fs.writeFileSync(process.env.TERMINATION_LOG, argument);
    process.exit(3);
  },
  write() {
    const [file, text] = argument.split("=");
    fs.writeFileSync(file, text);
  },
  heap() {
    const hoard = [];
    for (;;) hoard.push({ more: hoard.length });
  },
  buffers() {
    const hoard = [];
    setInterval(() => hoard.push(Buffer.alloc(16 * 1024 * 1024, 1)), 20);
  },
  count() {
    let line = 0;
    setInterval(() => console.log(`line ${line++}`), Number(argument || 50));
  },
};

let healthy = true;

function answer(request, response) {
  const url = new URL(request.url, "http://test");
  const say = (status, body) =>
    response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
  if (url.pathname === "/health") return say(healthy ? 200 : 500, "");
  if (url.pathname === "/break") {
    healthy = false;
    return say(200, "");
  }
  if (url.pathname === "/env") return say(200, process.env);
  if (url.pathname === "/id")
    return say(200, {
      pid: process.pid,
      uid: process.getuid(),
      gid: process.getgid(),
      groups: process.getgroups(),
      cwd: process.cwd(),
    });
  if (url.pathname === "/file") return tellFile(url.searchParams.get("path"), say);
  say(200, `hello from ${process.env.HOSTNAME}`);
}

function tellFile(path, say) {
  try {
    const stat = fs.statSync(path);
    const content = stat.isDirectory() ? fs.readdirSync(path) : fs.readFileSync(path, "utf8");
    say(200, { content, mode: (stat.mode & 0o7777).toString(8) });
  } catch (error) {
    say(404, { error: error.code });
  }
}

behaviours[behaviour]();
