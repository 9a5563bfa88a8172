import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { configMaps, events, pods, secrets } from "@kyma/kube/resource-types.ts";
import type { Page } from "@playwright/test";
import { expect, signInLink, test } from "../src/fixtures.ts";

/** What a browser says when a page does what the policy forbids, and whether an injected script ran. */
async function watchPage(page: Page): Promise<{ violations: string[] }> {
  const seen = { violations: [] as string[] };
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) seen.violations.push(message.text());
  });
  page.on("dialog", (dialog) => {
    seen.violations.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      console.error(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  return seen;
}

const markup = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
const link = "javascript:alert(3)";
const dataLink = "data:text/html,<script>alert(4)</script>";
const ansi = "\u001B[31mred\u001B[0m\u001B]8;;javascript:alert(5)\u001B\\click\u001B]8;;\u001B\\";
const bidi = "\u202Egnp.exe";

test("A13: markup, links and control characters in what the cluster stores are shown as text", async ({
  console: page,
  client,
  namespace,
}) => {
  const annotations = {
    "a.example/markup": markup,
    "a.example/link": link,
    "a.example/data": dataLink,
    "a.example/ansi": ansi,
    "a.example/bidi": bidi,
  };
  const env = Object.entries({ MARKUP: markup, LINK: link, ANSI: ansi, BIDI: bidi }).map(([name, value]) => ({
    name,
    value,
  }));
  await client.create(configMaps, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { namespace, name: "hostile", annotations, labels: { "a.example/label": "plain" } },
    data: { markup, link, dataLink, ansi, bidi },
  } as never);
  await client.create(pods, {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { namespace, name: "hostile", annotations },
    spec: {
      containers: [{ name: "a", image: "kyma.local/none:1", env, command: [markup] }],
      nodeSelector: { none: "such" },
    },
  } as never);
  const involvedObject = { apiVersion: "v1", kind: "Pod", namespace, name: "hostile" };
  const metadata = { namespace, name: "hostile.1" };
  const times = { firstTimestamp: new Date().toISOString(), lastTimestamp: new Date().toISOString() };
  await client.create(events, {
    apiVersion: "v1",
    kind: "Event",
    metadata,
    involvedObject,
    reason: "Hostile",
    message: `${markup} ${link} ${ansi} ${bidi}`,
    type: "Warning",
    count: 1,
    ...times,
  } as never);
  const seen = await watchPage(page);
  for (const path of [
    "resources/core/v1/configmaps",
    "resources/core/v1/configmaps/hostile",
    "resources/core/v1/configmaps/hostile?tab=yaml",
    "resources/core/v1/pods",
    "resources/core/v1/pods/hostile",
    "resources/core/v1/pods/hostile?tab=events",
    "resources/core/v1/pods/hostile?tab=yaml",
    "resources/core/v1/events",
    "functions/%3Cimg%20src=x%20onerror=alert(1)%3E",
  ]) {
    await page.goto(`/namespaces/${namespace}/${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    // Long enough for live views to have painted.
    await page.waitForTimeout(800);
    const injected = await page.evaluate(() => ({
      images: document.querySelectorAll('img[src="x"], img[onerror]').length,
      scripts: [...document.scripts].filter((script) => script.text.includes("alert(")).length,
      links: [...document.querySelectorAll("a")].filter(({ href }) => /^(?:javascript|data):/i.test(href))
        .length,
    }));
    expect.soft(injected, path).toEqual({ images: 0, scripts: 0, links: 0 });
  }
  await page.goto(`/namespaces/${namespace}/resources/core/v1/configmaps/hostile`);
  await expect(page.getByText(markup).first()).toBeVisible();
  expect(seen.violations).toEqual([]);
});

test("A12: a page of another origin cannot frame the console, the sign-in page or an error", async ({
  console: page,
}) => {
  const { origin } = new URL(signInLink());
  const framed = ["/", "/sign-in?token=wrong", "/assets/none.js", "/session"];
  const html = framed.map((path) => `<iframe src="${origin}${path}"></iframe>`).join("");
  const server = http.createServer((_request, response) => {
    response.setHeader("content-type", "text/html").end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  try {
    const evil = await page.context().newPage();
    await evil.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    await evil.waitForTimeout(1500);
    const frames = evil.frames().filter((frame) => frame !== evil.mainFrame());
    expect(frames).toHaveLength(framed.length);
    for (const frame of frames) {
      expect(frame.url()).toContain("chrome-error");
    }
  } finally {
    server.close();
  }
});

test("A26: a revealed Secret value is nowhere once it is hidden again", async ({
  console: page,
  client,
  namespace,
}) => {
  const value = "s3cret-of-the-browser";
  await client.create(secrets, {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { namespace, name: "hidden" },
    stringData: { password: value },
  } as never);
  await page.goto(`/namespaces/${namespace}/resources/core/v1/secrets/hidden`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const everything = () =>
    page.evaluate(async () => {
      const databases = await indexedDB.databases();
      const caches = "caches" in globalThis ? await globalThis.caches.keys() : [];
      return (
        JSON.stringify([
          Object.entries(localStorage),
          Object.entries(sessionStorage),
          databases,
          caches,
          location.href,
        ]) + document.documentElement.outerHTML
      );
    });
  expect(await everything()).not.toContain(value);
  const reveal = page.getByRole("button", { name: /reveal|show/i }).first();
  await reveal.click();
  await expect(page.getByText(value)).toBeVisible();
  await page.goto(`/namespaces/${namespace}/resources/core/v1/secrets/hidden?tab=yaml`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForTimeout(1500);
  const after = await everything();
  expect(after).not.toContain(value);
  expect(after).not.toContain(Buffer.from(value).toString("base64"));
});
