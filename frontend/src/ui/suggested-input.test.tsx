import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { fittingSuggestions, SuggestedInput } from "./suggested-input.tsx";

const types = ["order.created.v1", "order.paid.v1", "invoice.sent.v1", "order.created.v1"];

test("suggestions fit what is typed, each once, without what stands there", () => {
  expect(fittingSuggestions("", types)).toEqual(["order.created.v1", "order.paid.v1", "invoice.sent.v1"]);
  expect(fittingSuggestions("ORDER", types)).toEqual(["order.created.v1", "order.paid.v1"]);
  expect(fittingSuggestions("order.paid.v1", types)).toEqual([]);
});

test("a suggestion is chosen with one click", () => {
  const onChange = vi.fn<(value: string) => void>();
  render(
    <SuggestedInput
      id="type"
      label="Type"
      what="Types seen lately"
      value=""
      suggestions={types}
      onChange={onChange}
    />,
  );
  fireEvent.click(screen.getByRole("button", { name: "order.paid.v1" }));
  expect(onChange).toHaveBeenCalledWith("order.paid.v1");
});
