import { expect, test } from "vitest";
import { readReply } from "./stream-message.ts";

test.each([
  "$JS.ACK.sap.consumer.3.17.20.1700000000000000000.5",
  "$JS.ACK.hub.ACCOUNT.sap.consumer.3.17.20.1700000000000000000.5",
  "$JS.ACK.hub.ACCOUNT.sap.consumer.3.17.20.1700000000000000000.5.random",
])("%s is the third delivery of message 17", (reply) => {
  expect(readReply(reply)).toEqual({ deliveries: 3, sequence: 17, time: 1.7e12 });
});

test.each(["", "_INBOX.1", "$JS.ACK.sap.consumer", "$JS.ACK.sap.consumer.x.y.20.1.5"])(
  "%j asks for no answer to a stream",
  (reply) => {
    expect(() => readReply(reply)).toThrow("is not what a stream asks");
  },
);
