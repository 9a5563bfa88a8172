import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { toRequestError } from "#api/errors.ts";
import { objectsQuery } from "#api/objects.ts";
import { functionType, serviceType } from "#resources/well-known-types.ts";
import { SinkField } from "./sink-field.tsx";

function Field({ initial }: { initial: string }) {
  const [sink, setSink] = useState(initial);
  return <SinkField namespace="shop" sink={sink} problems={[]} onSink={setSink} />;
}

/** The field with a Function and no Services, unless the Functions cannot be listed. */
async function show(initial: string, refusal?: Error) {
  const client = new QueryClient({
    defaultOptions: { queries: { staleTime: Infinity, retryOnMount: false } },
  });
  client.setQueryData(objectsQuery(serviceType, "shop").queryKey, []);
  await client.prefetchQuery({
    ...objectsQuery(functionType, "shop"),
    queryFn: () => (refusal ? Promise.reject(refusal) : Promise.resolve([{ metadata: { name: "orders" } }])),
    retry: false,
  });
  render(
    <QueryClientProvider client={client}>
      <Field initial={initial} />
    </QueryClientProvider>,
  );
}

const address = () => screen.getByRole<HTMLInputElement>("textbox", { name: "Address of the sink" });

test("the field of another address stays while it is typed in, empty or like a known one", async () => {
  await show("http://billing.shop.svc.cluster.local/v1");
  for (const typed of [
    "",
    "http://orders.shop.svc.cluster.local",
    "http://orders.shop.svc.cluster.local/a",
  ]) {
    fireEvent.change(address(), { target: { value: typed } });
    expect(address().value).toBe(typed);
  }
});

test("why Functions cannot be chosen is told below the choice", async () => {
  const message = "You may not list functions in namespace shop.";
  await show("", toRequestError([{ message, extensions: { code: "FORBIDDEN" } }]));
  expect(screen.getByText(`Functions cannot be listed: ${message}`)).toBeDefined();
});
