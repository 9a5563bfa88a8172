import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { PartBoundary } from "./part-boundary.tsx";

it("keeps the rest of the page when a part throws, and tries again when asked", () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  let broken = true;
  const Part = () => {
    if (broken) throw new Error("Invalid language tag");
    return <p>the chart</p>;
  };
  render(
    <>
      <p>the rest</p>
      <PartBoundary what="CPU and memory">
        <Part />
      </PartBoundary>
    </>,
  );
  expect(screen.getByText("the rest")).toBeTruthy();
  expect(screen.getByText(/not possible to show CPU and memory/)).toBeTruthy();
  expect(screen.getByText(/Invalid language tag/)).toBeTruthy();
  broken = false;
  fireEvent.click(screen.getByText("Try again"));
  expect(screen.getByText("the chart")).toBeTruthy();
});
