import type { ComponentType } from "react";
import type { WindowRow } from "#api/lists.ts";
import type { AccessNeed } from "./access.ts";
import type { KindType } from "./kinds.ts";
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

/** One object and its kind: what everything on an object's page gets. */
export interface ObjectView {
  type: KindType;
  object: KubeObject;
}

/** Which kinds something is for, each as `plural` or `plural.group`. */
type KindKeys = readonly string[] | "all";

/**
 * Fields of the object that something reads besides apiVersion, kind and metadata, as paths: `spec.replicas`, `spec.containers.name` (of each container).
 * What nobody names does not reach the browser.
 */
type Fields = readonly string[];

/** A tab on the page of an object. Tabs stand in the address as `?tab=<key>`. */
export interface ObjectTab {
  kinds: KindKeys;
  key: string;
  title: string;
  /** Overview is 0, Events 80, YAML 90. */
  order: number;
  fields?: Fields;
  /** Load it lazily when it is heavy. */
  Content: ComponentType<ObjectView>;
}

/** A part of the Overview tab of an object. */
export interface ObjectCard {
  kinds: KindKeys;
  order: number;
  fields?: Fields;
  Content: ComponentType<ObjectView>;
}

/**
 * Something that a person can do to an object: in the Actions menu of its page, in a row's menu and in the palette.
 * It is disabled, with the reason, when a need is not met.
 */
export interface ObjectCommand {
  kinds: KindKeys;
  key: string;
  /** What the functions and the dialog of this command read. */
  fields?: Fields;
  label: (view: ObjectView) => string;
  needs: (view: ObjectView) => AccessNeed[];
  /** Absent: always there. Says whether it makes sense for the object as it is now. */
  isOffered?: (view: ObjectView) => boolean;
  isDanger?: boolean;
  /** Exactly one of these: where it leads, or a dialog that asks first (see changeDialog). Nothing is written without one. */
  path?: (view: ObjectView) => string;
  Dialog?: ComponentType<ObjectView & { onClose: () => void }>;
}

/** A column of a list that a feature makes from values of the object. */
export interface ListColumn {
  /** `console:<something>`; stands in addresses. */
  id: string;
  name: string;
  /** Server columns whose values it needs, e.g. `jsonpath:{.status}`. */
  needs: readonly string[];
  /** The server column that orders it; absent: it cannot be sorted by. */
  sort?: string;
  Cell: ComponentType<ListCellProps>;
}

export interface ListCellProps {
  row: WindowRow;
  /** The values of `needs`, in their order; undefined where the object has none. */
  values: readonly unknown[];
}

/** How the lists of some kinds differ from what kubectl prints. */
export interface ListLook {
  kinds: readonly string[];
  /** Server columns that are not shown unless the person chooses them. */
  hidden?: readonly string[];
  /** The order to begin with, as in the address; absent: by namespace and name. */
  sort?: string;
  columns: readonly ListColumn[];
  /** Stands above the rows: what is missing of these columns, or old. */
  Note?: ComponentType;
}

/** What a feature gives the shell besides its routes. */
export interface Feature {
  navigation: NavigationItem[];
  quickStarts: QuickStart[];
  objectTabs?: ObjectTab[];
  objectCards?: ObjectCard[];
  objectCommands?: ObjectCommand[];
  lists?: ListLook[];
  /** Shown on the overview, e.g. how many there are and how they do. */
  Overview?: ComponentType<{ namespace: string | undefined }>;
}
