import { expect, test } from "vitest";
import { parseSettings } from "./settings.ts";

const full =
  "--kubeconfig k --data-dir d --kubelet-port 10250 --tls-cert c --tls-key y --client-ca a --egress-socket s --admin-port 9";

test("every flag is read", () => {
  expect(parseSettings([...full.split(" "), "--proxy-url", "http://127.0.0.1:1"])).toEqual({
    kubeconfig: "k",
    dataDir: "d",
    nodeName: "local",
    kubeletPort: 10250,
    tlsCert: "c",
    tlsKey: "y",
    clientCa: "a",
    egressSocket: "s",
    proxyUrl: "http://127.0.0.1:1",
    adminPort: 9,
  });
});

test.each([
  [full.replace("--client-ca a", ""), "--client-ca is missing"],
  [full.replace("10250", "70000"), '--kubelet-port must be a port, not "70000"'],
  [`${full} --isolation none`, "--isolation must be one of"],
  [`${full} --bogus`, "bogus"],
])("%s is refused by name", (args, message) => {
  expect(() => parseSettings(args.split(" ").filter(Boolean))).toThrow(message);
});
