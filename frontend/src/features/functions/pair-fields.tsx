import { Button, Flex, FlexItem, TextInput } from "@patternfly/react-core";
import { MinusCircleIcon, PlusCircleIcon } from "@patternfly/react-icons";
import { useState } from "react";

type Pair = [key: string, value: string];

/** Keys and values to edit. Rows without a key, and all but the last of equal keys, are not reported. */
export function PairFields(props: {
  /** What one pair is, e.g. "label". */
  what: string;
  value: Record<string, string>;
  onChange: (value: Record<string, string>) => void;
}) {
  // A row that is just being typed has no key yet, so rows live here; an outside change (discard, save) replaces them.
  const [rows, setRows] = useState<Pair[]>(Object.entries(props.value));
  const [reported, setReported] = useState(props.value);
  if (props.value !== reported && JSON.stringify(props.value) !== JSON.stringify(reported)) {
    setReported(props.value);
    setRows(Object.entries(props.value));
  }
  const change = (next: Pair[]) => {
    const value = Object.fromEntries(next.filter(([key]) => key.trim() !== ""));
    setRows(next);
    setReported(value);
    props.onChange(value);
  };
  const setAt = (index: number, pair: Pair) => change(rows.map((row, at) => (at === index ? pair : row)));
  return (
    <Flex direction={{ default: "column" }} gap={{ default: "gapSm" }}>
      {rows.map(([key, value], index) => (
        // Rows have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <Flex key={index} flexWrap={{ default: "nowrap" }} gap={{ default: "gapSm" }}>
          <FlexItem grow={{ default: "grow" }}>
            <TextInput
              aria-label={`Key of ${props.what} ${index + 1}`}
              value={key}
              onChange={(_event, next) => setAt(index, [next, value])}
            />
          </FlexItem>
          <FlexItem grow={{ default: "grow" }}>
            <TextInput
              aria-label={`Value of ${props.what} ${index + 1}`}
              value={value}
              onChange={(_event, next) => setAt(index, [key, next])}
            />
          </FlexItem>
          <Button
            variant="plain"
            aria-label={`Remove ${props.what} ${key}`}
            icon={<MinusCircleIcon />}
            onClick={() => change(rows.filter((_row, at) => at !== index))}
          />
        </Flex>
      ))}
      <FlexItem>
        <Button
          variant="link"
          isInline
          icon={<PlusCircleIcon />}
          onClick={() => setRows([...rows, ["", ""]])}
        >
          Add {props.what}
        </Button>
      </FlexItem>
    </Flex>
  );
}
