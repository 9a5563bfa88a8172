import { Card, CardBody, CardTitle, ClipboardCopy, Content, Page, PageSection } from "@patternfly/react-core";
import { usePageTitle } from "#ui/page-title.ts";

/** Shown instead of the console while nobody is signed in: how to sign in. */
export function SignInPage() {
  usePageTitle("Sign in");
  return (
    <Page>
      <PageSection isFilled aria-label="Sign in" className="kyma-sign-in">
        <Card className="kyma-sign-in-card" isLarge>
          <CardTitle component="h1">Sign in to Kyma</CardTitle>
          <CardBody>
            <Content component="p">
              You are not signed in, or your session has ended. Kyma's console is opened with a link that
              works once.
            </Content>
            <Content component="ol">
              <li>
                In the project's folder run
                <ClipboardCopy isReadOnly hoverTip="Copy" clickTip="Copied">
                  npm start
                </ClipboardCopy>
              </li>
              <li>Open the link that it prints. It signs this browser in and brings you here.</li>
            </Content>
            <Content component="p">
              Is it running already? A fresh link is in the file <code>.local/console-url</code> of the
              project's folder.
            </Content>
          </CardBody>
        </Card>
      </PageSection>
    </Page>
  );
}
