import type { ComponentType } from "react";
import { lazy, Suspense } from "react";
import { Loading } from "#ui/loading.tsx";
import type { ObjectView } from "./feature.ts";

/** A tab or card that is loaded when a page first shows it, so that the first visit does not. */
export function lazyCard<Name extends string>(
  load: () => Promise<Record<Name, ComponentType<ObjectView>>>,
  name: Name,
): ComponentType<ObjectView> {
  const Loaded = lazy(async (): Promise<{ default: ComponentType<ObjectView> }> => ({
    default: (await load())[name],
  }));
  return function LazyPart(view: ObjectView) {
    return (
      <Suspense fallback={<Loading what="this part" />}>
        <Loaded {...view} />
      </Suspense>
    );
  };
}
