import { cacheHome } from "../tools/cache.ts";
import { kymaImages } from "./images/kyma-images.ts";
import { runAgent } from "./run.ts";

await runAgent(process.argv.slice(2), (dataDir) => kymaImages(dataDir, cacheHome()));
