import { Card, CardBody, CardTitle, ClipboardCopy, Content, Divider, Title } from "@patternfly/react-core";
import { useEffect } from "react";
import { usePageTitle } from "#ui/page-title.ts";
import { rememberPlace } from "./place-before-sign-in.ts";
import { refreshSession } from "./query-client.ts";
import { TokenForm } from "./token-form.tsx";

/** Shown instead of the console while nobody is signed in. `ended`: somebody was, on this very page. */
export function SignInPage({ ended }: { ended: boolean }) {
  usePageTitle("Sign in");
  useSignInElsewhere();
  useEffect(rememberPlace, []);
  return (
    <main className="kyma-sign-in">
      <Card className="kyma-sign-in-card" isLarge>
        <CardTitle component="h1">Sign in to Kyma</CardTitle>
        <CardBody>
          <Content component="p">
            {ended
              ? "Your session has ended. Sign in again: you come back to this page, and what you had not saved is kept."
              : "You are not signed in. There are two ways in."}
          </Content>
          <Title headingLevel="h2" size="md" className="kyma-sign-in-way">
            With a token
          </Title>
          <TokenForm />
          <Divider className="kyma-sign-in-way" />
          <Title headingLevel="h2" size="md" className="kyma-sign-in-way">
            With a link that works once
          </Title>
          <Content component="ol">
            <li>
              In the project's folder run
              <ClipboardCopy isReadOnly hoverTip="Copy" clickTip="Copied">
                npm start
              </ClipboardCopy>
            </li>
            <li>Open the link that it prints. It signs this browser in as the administrator.</li>
          </Content>
          <Content component="p">
            Is it running already? A fresh link is in the file <code>.local/console-url</code> of the
            project's folder.
          </Content>
        </CardBody>
      </Card>
    </main>
  );
}

/** The link may be opened in another tab: coming back to this one is enough. */
function useSignInElsewhere(): void {
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") void refreshSession();
    };
    window.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
}
