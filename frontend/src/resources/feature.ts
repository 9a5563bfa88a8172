import type { ComponentType } from "react";
import type { KubeObject } from "./kube-objects.ts";

/** An entry of the sidebar. */
interface NavigationItem {
  label: string;
  /** Address for a namespace of the switcher (a name, or `-all-`). */
  path: (ns: string) => string;
}

/** A card on the overview page that starts a task. */
interface QuickStart {
  title: string;
  text: string;
  action: string;
  path: (ns: string) => string;
}

/** A button on the page of every object of a kind; `path` is where it leads, with its query. */
export interface ObjectAction {
  /** `plural` or `plural.group`. */
  kind: string;
  label: string;
  path: (object: KubeObject) => string;
}

/** What a feature gives the shell besides its routes. */
export interface Feature {
  navigation: NavigationItem[];
  quickStarts: QuickStart[];
  objectActions?: ObjectAction[];
  /** Shown on the overview, e.g. how many there are and how they do. */
  Overview?: ComponentType<{ namespace: string | undefined }>;
}
