import { Button, Content, Flex, FlexItem } from "@patternfly/react-core";
import { GuardedButton } from "#resources/guarded-button.tsx";
import { ageLimit } from "./dead-letter-words.ts";
import type { DeadLetter, DeadLetterScope } from "./eventing-api.ts";
import { discardNeed, replayNeed } from "./letter-dialog.tsx";
import type { LetterAction } from "./letter-run.ts";

interface ToolbarProps {
  scope: DeadLetterScope;
  /** What is chosen; all: also those that are not shown. */
  picked: readonly DeadLetter[] | "all";
  /** How many are shown. */
  shown: number;
  /** There are older ones that are not shown. */
  hasOlder: boolean;
  onChooseAll: () => void;
  onChooseShown: () => void;
  onRun: (action: LetterAction) => void;
}

/** What can be done with the chosen dead letters, and how to choose them all. */
export function DeadLetterToolbar(props: ToolbarProps) {
  const { scope, picked } = props;
  const places =
    picked === "all" ? (scope.namespaces ?? [undefined]) : new Set(picked.map(({ namespace }) => namespace));
  const count = picked === "all" ? " all" : picked.length > 0 ? ` ${picked.length.toLocaleString("en")}` : "";
  return (
    <Flex alignItems={{ default: "alignItemsCenter" }}>
      <FlexItem>
        <GuardedButton
          needs={[...places].map(replayNeed)}
          isDisabled={picked.length === 0}
          onClick={() => props.onRun("replay")}
        >
          Replay{count}
        </GuardedButton>
      </FlexItem>
      <FlexItem>
        <GuardedButton
          variant="secondary"
          isDanger
          needs={[...places].map(discardNeed)}
          isDisabled={picked.length === 0}
          onClick={() => props.onRun("discard")}
        >
          Discard{count}
        </GuardedButton>
      </FlexItem>
      <FlexItem>
        <Content component="small" aria-live="polite">
          <Choosing {...props} />
        </Content>
      </FlexItem>
    </Flex>
  );
}

function Choosing({ picked, shown, hasOlder, onChooseAll, onChooseShown }: ToolbarProps) {
  if (picked === "all")
    return (
      <>
        All are chosen, also those that are not shown.{" "}
        <Button variant="link" isInline onClick={onChooseShown}>
          Choose only those shown
        </Button>
      </>
    );
  if (picked.length === 0)
    return `Choose dead letters to replay or discard them. They are deleted ${ageLimit}.`;
  if (!hasOlder || picked.length < shown) return null;
  return (
    <>
      The {shown.toLocaleString("en")} that are shown are chosen.{" "}
      <Button variant="link" isInline onClick={onChooseAll}>
        Choose the older ones, too
      </Button>
    </>
  );
}
