import "./terminal.css";
import {
  Alert,
  AlertActionLink,
  Button,
  SearchInput,
  ToggleGroup,
  ToggleGroupItem,
} from "@patternfly/react-core";
import type { ReactNode } from "react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { TerminalEnd, TerminalTarget } from "#api/terminal.ts";
import { TerminalLink } from "#api/terminal.ts";
import { recall, remember } from "#ui/storage.ts";
import { useDark } from "#ui/theme.ts";
import { toast } from "#ui/toasts.tsx";
import { TerminalScreen } from "./terminal-screen.ts";

type Phase =
  | { state: "connecting" }
  | { state: "waiting"; message: string }
  | { state: "open"; command: string }
  | { state: "lost" }
  | { state: "ended"; reason: TerminalEnd; exitCode?: number; message: string };

const perTab = () => sessionStorage;

interface PanelProps {
  target: TerminalTarget;
  /** More tools, and what helps when there is no shell. */
  tools: ReactNode;
  help: ReactNode;
}

/** One terminal, and a new one when it is to be opened again. Loaded when first shown. */
export default function TerminalPanel(props: PanelProps) {
  const [run, setRun] = useState(0);
  return <Terminal key={run} {...props} again={() => setRun(run + 1)} />;
}

/** The screen and the shell behind it, for as long as the panel is shown. */
function useTerminal(target: TerminalTarget, screenReader: boolean) {
  const host = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const isDark = useDark();
  const [screen, setScreen] = useState<TerminalScreen>();
  const [link, setLink] = useState<TerminalLink>();
  const [phase, setPhase] = useState<Phase>({ state: "connecting" });
  const key = `terminal.${target.namespace}/${target.pod}/${target.container}`;
  const openScreen = useEffectEvent((element: HTMLElement) => {
    const onLeave = () => bar.current?.querySelector<HTMLElement>("input, button")?.focus();
    return new TerminalScreen(element, { isDark, screenReader, onLeave });
  });
  const openLink = useEffectEvent((made: TerminalScreen) =>
    connect({ target, key, screen: made, onPhase: setPhase }),
  );
  useEffect(() => {
    if (!host.current) return;
    const made = openScreen(host.current);
    const connected = openLink(made);
    const typed = made.terminal.onData((text) => connected.input(text));
    const resized = made.terminal.onResize((size) => connected.resize(size));
    setScreen(made);
    setLink(connected);
    made.terminal.focus();
    return () => {
      typed.dispose();
      resized.dispose();
      connected.leave();
      made.close();
    };
  }, []);
  useEffect(() => screen?.setTheme(isDark), [screen, isDark]);
  useEffect(() => screen?.setScreenReader(screenReader), [screen, screenReader]);
  const end = () => {
    link?.end();
    remember(key, undefined, perTab);
    setPhase({ state: "ended", reason: "EXITED", message: "You have ended it." });
  };
  return { host, bar, screen, phase, end };
}

function Terminal(props: PanelProps & { again: () => void }) {
  const { target } = props;
  const [screenReader, setScreenReader] = useState(recall("terminal-reader") === "on");
  const { host, bar, screen, phase, end } = useTerminal(target, screenReader);
  return (
    <div className="kyma-terminal">
      <div className="kyma-terminal-bar" ref={bar}>
        {props.tools}
        <ScreenTools screen={screen} />
        <ToggleGroup aria-label="Terminal settings">
          <ToggleGroupItem
            text="Screen reader"
            buttonId="terminal-reader"
            isSelected={screenReader}
            onChange={(_event, on) => {
              remember("terminal-reader", on ? "on" : undefined);
              setScreenReader(on);
            }}
          />
        </ToggleGroup>
        {phase.state === "open" ? (
          <Button variant="link" isDanger onClick={end}>
            End shell
          </Button>
        ) : null}
      </div>
      <PhaseNote phase={phase} again={props.again} help={props.help} />
      <div
        className="kyma-terminal-host"
        ref={host}
        role="group"
        aria-label={`Terminal in ${target.container} of ${target.pod}. F6 leaves it.`}
      />
      <p className="kyma-terminal-hint">
        Ctrl+Shift+C copies, Ctrl+Shift+V pastes, F6 leaves the terminal. A lost connection is opened again;
        the shell waits for a minute.
      </p>
    </div>
  );
}

function connect(parts: {
  target: TerminalTarget;
  key: string;
  screen: TerminalScreen;
  onPhase: (phase: Phase) => void;
}): TerminalLink {
  const { target, key, screen, onPhase } = parts;
  return new TerminalLink(target, {
    id: recall(key, perTab),
    size: screen.size,
    listener: {
      output: (bytes) => screen.terminal.write(bytes),
      opened({ id, command }) {
        remember(key, id, perTab);
        onPhase({ state: "open", command });
      },
      waiting: (message) => onPhase({ state: "waiting", message }),
      lost: () => onPhase({ state: "lost" }),
      ended(end) {
        remember(key, undefined, perTab);
        onPhase({ state: "ended", ...end });
      },
    },
  });
}

function ScreenTools({ screen }: { screen: TerminalScreen | undefined }) {
  const [text, setText] = useState("");
  const [missed, setMissed] = useState(false);
  const find = (forward: boolean) => setMissed(text !== "" && screen?.find(text, forward) === false);
  const attempt = async (what: Promise<unknown> | undefined, words: string) => {
    try {
      if ((await what) === false) toast("info", "Mark some text in the terminal first");
    } catch {
      toast(
        "danger",
        `${words} did not work`,
        "The browser did not allow it. The keys in the line below work, too.",
      );
    }
  };
  return (
    <>
      <SearchInput
        className="kyma-terminal-search"
        aria-label="Search the terminal"
        placeholder="Search"
        value={text}
        onChange={(_event, value) => (setText(value), setMissed(false))}
        onClear={() => (setText(""), setMissed(false))}
        onKeyDown={(event) => event.key === "Enter" && find(!event.shiftKey)}
        {...(missed ? { resultsCount: "none" } : {})}
      />
      <Button variant="control" onClick={() => void attempt(screen?.copy(), "Copying")}>
        Copy
      </Button>
      <Button variant="control" onClick={() => void attempt(screen?.paste(), "Pasting")}>
        Paste
      </Button>
      <Button variant="control" onClick={() => screen?.terminal.clear()}>
        Clear
      </Button>
    </>
  );
}

function PhaseNote({ phase, again, help }: { phase: Phase; again: () => void; help: ReactNode }) {
  if (phase.state === "open") return null;
  if (phase.state === "connecting") return <Alert isInline isPlain variant="info" title="Opening a shell…" />;
  if (phase.state === "waiting")
    return (
      <Alert isInline variant="info" title="The container is being started">
        {phase.message}
      </Alert>
    );
  if (phase.state === "lost")
    return (
      <Alert
        isInline
        isLiveRegion
        variant="warning"
        title="The connection was lost. The shell waits while it is opened again."
      />
    );
  const { reason, message, exitCode } = phase;
  const titles: Record<TerminalEnd, string> = {
    EXITED: exitCode ? `The shell has ended with exit code ${exitCode}` : "The shell has ended",
    NO_SHELL: "This container has no shell",
    FORBIDDEN: "You may not open a terminal here",
    FAILED: "The terminal could not go on",
    GONE: "The shell has ended meanwhile",
    TAKEN: "This terminal is shown in another tab now",
  };
  return (
    <Alert
      isInline
      isLiveRegion
      variant={
        reason === "EXITED" ? "info" : reason === "NO_SHELL" || reason === "TAKEN" ? "warning" : "danger"
      }
      title={titles[reason]}
      actionLinks={
        <>
          {reason === "NO_SHELL" ? help : null}
          {reason === "FORBIDDEN" ? null : <AlertActionLink onClick={again}>Open again</AlertActionLink>}
        </>
      }
    >
      {reason === "NO_SHELL"
        ? "Its image brings neither bash nor sh. A debug container with tools of its own can look at the same pod."
        : message}
    </Alert>
  );
}
