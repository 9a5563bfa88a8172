import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { DeliveryFields } from "./delivery-fields.tsx";

test("a setting that has no field is told of, each problem once", () => {
  const problem = (key: string) => ({
    field: `spec.config.${key}`,
    message: `${key} is wrong.`,
    blocks: true,
  });
  render(
    <DeliveryFields
      config={{ retrycount: "3", timeout: "soon" }}
      problems={[problem("retrycount"), problem("timeout"), problem("deliverFrom")]}
      onSetting={() => undefined}
    />,
  );
  for (const key of ["retrycount", "timeout", "deliverFrom"])
    expect(screen.getAllByText(`${key} is wrong.`)).toHaveLength(1);
});
