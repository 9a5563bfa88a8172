import { FormSelect, FormSelectOption } from "@patternfly/react-core";
import type { List } from "./use-list.ts";

/** Where there is no room for column heads: the order as one choice. */
export function NarrowSort({ list }: { list: List }) {
  const columns = list.columns.shown.filter(({ sort }) => sort !== undefined);
  return (
    <FormSelect
      className="kyma-narrow-sort"
      aria-label="Order"
      value={list.sort ?? ""}
      onChange={(_event, sort) => list.change({ sort })}
    >
      <FormSelectOption value="" label="Order: as usual" />
      {columns.flatMap(({ id, name }) => [
        <FormSelectOption key={id} value={id} label={`${name}, up`} />,
        <FormSelectOption key={`-${id}`} value={`-${id}`} label={`${name}, down`} />,
      ])}
    </FormSelect>
  );
}
