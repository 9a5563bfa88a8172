import { Banner, Button, Flex, FlexItem, Modal, ModalBody, ModalHeader } from "@patternfly/react-core";
import { UserSecretIcon } from "@patternfly/react-icons";
import { useEffect, useState } from "react";
import { errorMessage } from "#api/errors.ts";
import type { SessionQuery } from "#api/generated/graphql.ts";
import { stopViewAs } from "#api/session.ts";
import { toast } from "#ui/toasts.tsx";
import { refreshSession } from "./query-client.ts";
import { TokenForm } from "./token-form.tsx";

type SessionFacts = SessionQuery["session"];

/** Across every page while the session acts as somebody else. */
export function ViewAsBar({ session }: { session: SessionFacts }) {
  const [busy, setBusy] = useState(false);
  const { viewAs, signedInAs } = session;
  if (!viewAs) return null;
  const stop = async () => {
    setBusy(true);
    try {
      await stopViewAs();
      await refreshSession();
    } catch (error) {
      toast("danger", `You still act as ${viewAs.user}`, errorMessage(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Banner color="purple" isSticky className="kyma-view-as" screenReaderText="You act as somebody else">
      <Flex
        role="region"
        aria-label="View as"
        justifyContent={{ default: "justifyContentSpaceBetween" }}
        alignItems={{ default: "alignItemsCenter" }}
        flexWrap={{ default: "nowrap" }}
      >
        <FlexItem className="kyma-break">
          <UserSecretIcon /> Viewing as <strong>{viewAs.user}</strong>
          {viewAs.groups.length > 0 ? ` in ${viewAs.groups.join(", ")}` : null}
          <span className="kyma-wide-only">
            {" "}
            – everything you see and do has these rights, in every tab. Signed in as {signedInAs}.
          </span>
        </FlexItem>
        <FlexItem>
          <Button
            variant="secondary"
            size="sm"
            isLoading={busy}
            isDisabled={busy}
            onClick={() => void stop()}
          >
            Stop
          </Button>
        </FlexItem>
      </Flex>
    </Banner>
  );
}

const noticeMs = 5 * 60_000;

/** Says some minutes before that the token, and with it the session, ends; and shows the sign-in page when it has. */
export function SessionEndBanner({ session }: { session: SessionFacts }) {
  const [renewing, setRenewing] = useState(false);
  const left = useMsUntil(session.endsAt ?? undefined);
  if (left === undefined || left > noticeMs) return null;
  const minutes = Math.max(0, Math.ceil(left / 60_000));
  return (
    <>
      <Banner status="warning" aria-live="polite" screenReaderText="Warning">
        Your token expires in {minutes <= 1 ? "less than a minute" : `${minutes} minutes`}, and this session
        with it. What you have not saved is kept.{" "}
        <Button variant="link" isInline onClick={() => setRenewing(true)}>
          Sign in with a fresh token
        </Button>
      </Banner>
      <Modal
        isOpen={renewing}
        variant="small"
        onClose={() => setRenewing(false)}
        aria-labelledby="renew-title"
      >
        <ModalHeader labelId="renew-title" title="Sign in with a fresh token" />
        <ModalBody>
          <TokenForm onDone={() => setRenewing(false)} />
        </ModalBody>
      </Modal>
    </>
  );
}

/** Milliseconds until then, looked at anew twice a minute and when the time has come. */
function useMsUntil(endsAt: string | undefined): number | undefined {
  const [now, setNow] = useState(Date.now);
  const left = endsAt === undefined ? undefined : Date.parse(endsAt) - now;
  useEffect(() => {
    if (left === undefined) return undefined;
    const wait =
      left > noticeMs ? Math.min(left - noticeMs, 2 ** 31 - 1) : Math.min(30_000, Math.max(left, 0) + 500);
    const timer = setTimeout(() => {
      setNow(Date.now());
      if (left <= 30_000) void refreshSession();
    }, wait);
    return () => clearTimeout(timer);
  }, [left]);
  return left;
}
