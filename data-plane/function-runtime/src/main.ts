import { endWith } from "./termination.ts";

const [command, ...rest] = process.argv.slice(2);

if (command === "install" && rest.length === 0) {
  const { install } = await import("./install.ts");
  await install(process.env);
} else if (command === undefined) {
  const { serve } = await import("./serve.ts");
  await serve(process.env);
} else {
  endWith(
    `Unknown arguments "${[command, ...rest].join(" ")}": give none to serve the Function, or "install".`,
  );
}
