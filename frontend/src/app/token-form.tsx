import {
  Alert,
  Button,
  ClipboardCopy,
  Content,
  ExpandableSection,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  TextInput,
} from "@patternfly/react-core";
import { useState, type FormEvent } from "react";
import { errorMessage } from "#api/errors.ts";
import { signInWithToken } from "#api/session.ts";
import { refreshSession } from "./query-client.ts";

/** Signs in with a bearer token. It is sent once; afterwards only the server has it. */
export function TokenForm({ onDone }: { onDone?: () => void }) {
  const [token, setToken] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await signInWithToken(token);
      setToken("");
      await refreshSession();
      onDone?.();
    } catch (cause) {
      setError(sentence(errorMessage(cause)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form onSubmit={(event) => void submit(event)} aria-label="Sign in with a token">
      {error === undefined ? null : (
        <Alert variant="danger" isInline isLiveRegion title="You are not signed in">
          {error}
        </Alert>
      )}
      <FormGroup label="Token" fieldId="sign-in-token">
        <TextInput
          id="sign-in-token"
          // Not shown to who looks over the shoulder, and never offered to be saved.
          type="password"
          autoComplete="off"
          spellCheck={false}
          value={token}
          onChange={(_event, value) => setToken(value)}
          aria-describedby="sign-in-token-help"
        />
        <FormHelperText>
          <HelperText id="sign-in-token-help">
            <HelperTextItem>
              Of a service account or a user. You get exactly its rights in the cluster.
            </HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
      <TokenHint />
      <div>
        <Button type="submit" isDisabled={busy || token.trim() === ""} isLoading={busy}>
          Sign in with the token
        </Button>
      </div>
    </Form>
  );
}

function TokenHint() {
  return (
    <ExpandableSection toggleText="Where do I get a token?" isIndented>
      <Content component="p">With kubectl, for a service account that you may use:</Content>
      <ClipboardCopy
        isReadOnly
        hoverTip="Copy"
        clickTip="Copied"
        textAriaLabel="Command that creates a token"
      >
        kubectl create token default --namespace default --duration 8h
      </ClipboardCopy>
      <Content component="p" className="kyma-subtle kyma-sign-in-way">
        The token is checked by the cluster and kept in the memory of the console's server only, never in this
        browser.
      </Content>
    </ExpandableSection>
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}
