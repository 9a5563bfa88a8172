import { expect, test } from "vitest";
import { indentJson, memberTexts } from "./json-text.ts";

const value = { a: [1, { "b:,{": 'quote " and \\ }' }, []], c: {}, d: null, e: true, f: -1.5e-3 };

test("JSON is laid out as JSON.stringify does it", () => {
  for (const one of [value, [], {}, "text", 7, [[[]], {}], { a: { b: [null] } }])
    expect(indentJson(JSON.stringify(one))).toBe(JSON.stringify(one, undefined, 2));
  expect(indentJson(' { "a" :1 }\n')).toBe('{\n  "a": 1\n}');
});

test("numbers keep all their digits", () => {
  expect(indentJson('{"id":12345678901234567890,"price":10.10}')).toBe(
    '{\n  "id": 12345678901234567890,\n  "price": 10.10\n}',
  );
});

test("the members of an object are told as they were written", () => {
  const text = JSON.stringify(value);
  const members = memberTexts(text);
  expect([...members.keys()]).toEqual(Object.keys(value));
  for (const [name, member] of Object.entries(value)) expect(members.get(name)).toBe(JSON.stringify(member));
  expect(memberTexts('{ "data" : { "id": 12345678901234567890 } , "x\\u0041": 1.0 }')).toEqual(
    new Map([
      ["data", '{ "id": 12345678901234567890 }'],
      ["xA", "1.0"],
    ]),
  );
  expect(memberTexts("{}").size).toBe(0);
});
