import { expect, test } from "vitest";
import { previewOf } from "./tail-event.ts";

const preview = (event: string, truncated = false) => previewOf({ event, truncated });

test("data is shown as it was written, with all digits", () => {
  expect(preview('{"id":"1","data":{"n":9007199254740993,"f":1.0}}')).toEqual({
    id: "1",
    data: '{"n":9007199254740993,"f":1.0}',
  });
});

test("text is shown without its quotes, long data cut, and what is left out said to be so", () => {
  expect(preview('{"id":"1","data":"a \\"b\\""}').data).toBe('a "b"');
  expect(preview(`{"id":"1","data":[${"1,".repeat(500)}1]}`).data).toHaveLength(201);
  expect(preview('{"id":"1"}').data).toBe("");
  expect(preview('{"id":"1"}', true)).toEqual({ id: "1", data: "too long to be shown" });
});
