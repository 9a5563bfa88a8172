/** What a new Function begins with. */
export interface FunctionTemplate {
  id: string;
  title: string;
  text: string;
  source: string;
  /** package.json text; empty when nothing is needed. */
  dependencies: string;
  /** A first request for the Run tab. */
  request: { method: string; path: string; headers: string; body: string };
}

const get = { method: "GET", path: "/", headers: "", body: "" };

/** The templates of the create page, the simplest first. */
export const templates: readonly [FunctionTemplate, ...FunctionTemplate[]] = [
  {
    id: "hello",
    title: "Hello world",
    text: "Answers with a greeting; takes a name from the query.",
    source: `module.exports = {
  /**
   * Called for every request. What it returns is the answer.
   * @param {FunctionEvent} event
   * @param {FunctionContext} context
   */
  main: function (event, context) {
    const name = event.extensions.request.query.name ?? "world";
    return \`Hello \${name} from \${context["function-name"]}!\`;
  },
};
`,
    dependencies: "",
    request: { ...get, path: "/?name=Kyma" },
  },
  {
    id: "json-api",
    title: "JSON API",
    text: "Reads a JSON body, checks it, and answers with JSON and a fitting status.",
    source: `module.exports = {
  /**
   * @param {FunctionEvent} event
   * @param {FunctionContext} context
   */
  main: async function (event, context) {
    const { method } = event.extensions.request;
    if (method !== "POST") {
      event.setResponseStatus(405);
      return { error: "Send a POST with a JSON body such as {\\"items\\": [1, 2, 3]}." };
    }
    const items = event.data?.items;
    if (!Array.isArray(items)) {
      event.setResponseStatus(400);
      return { error: "\\"items\\" has to be a list." };
    }
    console.log(\`counted \${items.length} items\`);
    return { count: items.length, sum: items.reduce((sum, item) => sum + Number(item), 0) };
  },
};
`,
    dependencies: "",
    request: {
      method: "POST",
      path: "/",
      headers: "content-type: application/json",
      body: '{ "items": [1, 2, 3] }',
    },
  },
  {
    id: "cloud-event",
    title: "CloudEvent consumer",
    text: "Receives CloudEvents and logs what came.",
    source: `module.exports = {
  /**
   * @param {FunctionEvent} event
   * @param {FunctionContext} context
   */
  main: async function (event, context) {
    const type = event["ce-type"];
    if (!type) {
      event.setResponseStatus(400);
      return { error: "This Function takes CloudEvents: send the headers ce-type, ce-source and ce-id." };
    }
    console.log(\`received \${type} from \${event["ce-source"]}: \${JSON.stringify(event.data)}\`);
    return { received: event["ce-id"] };
  },
};
`,
    dependencies: "",
    request: {
      method: "POST",
      path: "/",
      headers:
        "content-type: application/json\nce-specversion: 1.0\nce-type: order.created.v1\nce-source: shop\nce-id: 1",
      body: '{ "orderId": "4711" }',
    },
  },
  {
    id: "dependency",
    title: "With a dependency",
    text: "Uses the package lodash, which is installed when the Function starts.",
    source: `const _ = require("lodash");

module.exports = {
  /**
   * @param {FunctionEvent} event
   * @param {FunctionContext} context
   */
  main: function (event, context) {
    const text = event.extensions.request.query.text ?? "write functions not servers";
    return { camelCase: _.camelCase(text), words: _.countBy(_.words(text)) };
  },
};
`,
    dependencies: `{
  "dependencies": {
    "lodash": "^4.17.21"
  }
}
`,
    request: get,
  },
];
