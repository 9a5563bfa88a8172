import type { ComponentType } from "react";
import { lazy, Suspense } from "react";
import { Loading } from "#ui/loading.tsx";
import { PartBoundary } from "#ui/part-boundary.tsx";
import type { ObjectView } from "./feature.ts";

/** A component that is loaded when it is first shown; `what` says for what the person waits. */
export function lazyView<Props extends object>(
  what: string,
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Loaded = lazy(async () => ({ default: await load() })) as unknown as ComponentType<Props>;
  return function LazyView(props: Props) {
    return (
      <PartBoundary what={what}>
        <Suspense fallback={<Loading what={what} />}>
          <Loaded {...props} />
        </Suspense>
      </PartBoundary>
    );
  };
}

/** A tab or card of an object's page, by the name that its module gives it. */
export function lazyCard<Name extends string>(
  load: () => Promise<Record<Name, ComponentType<ObjectView>>>,
  name: Name,
): ComponentType<ObjectView> {
  return lazyView("this part", async () => (await load())[name]);
}
