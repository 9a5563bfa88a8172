import { runAgent } from "../run.ts";
import { testImages } from "./test-image.ts";

await runAgent(process.argv.slice(2), testImages);
