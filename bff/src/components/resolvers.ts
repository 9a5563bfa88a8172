import { latest } from "../graphql/latest.ts";
import { live, type Area } from "../graphql/schema.ts";
import type { Component, ComponentsFile } from "./components-file.ts";

/** The processes that this start runs, live. */
export function componentsArea(file: ComponentsFile): Area {
  return {
    subscription: {
      components: live(() => {
        let seen: Component[] | undefined;
        const take = (): { value: Component[] } | undefined => {
          if (file.components === seen) return undefined;
          seen = file.components;
          return { value: seen };
        };
        return latest({ open: (wake) => file.onChange(wake), take }, 100);
      }),
    },
  };
}
