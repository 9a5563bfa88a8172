import {
  Button,
  FormSelect,
  FormSelectOption,
  SearchInput,
  ToggleGroup,
  ToggleGroupItem,
} from "@patternfly/react-core";
import {
  AngleDownIcon,
  AngleUpIcon,
  DownloadIcon,
  PauseIcon,
  PlayIcon,
  SlidersHIcon,
} from "@patternfly/react-icons";
import type { ReactNode } from "react";
import { useState } from "react";
import type { LogLook, TimeStyle } from "./log-settings.ts";
import { ranges } from "./log-settings.ts";
import { SourceMenu } from "./source-menu.tsx";
import type { LogStore } from "./log-store.ts";

export type LevelChoice = "all" | "warning" | "error";

export interface SearchState {
  text: string;
  isRegex: boolean;
  onlyMatches: boolean;
}

export interface ToolbarProps {
  store: LogStore;
  search: SearchState;
  searchError: string | undefined;
  /** Place of the current hit, from 1; 0 for none. */
  hit: number;
  onSearch: (change: Partial<SearchState>) => void;
  onStep: (by: 1 | -1) => void;
  level: LevelChoice;
  onLevel: (level: LevelChoice) => void;
  hidden: ReadonlySet<string>;
  onHidden: (hidden: ReadonlySet<string>) => void;
  range: string;
  onRange: (range: string) => void;
  previous: boolean;
  onPrevious: (previous: boolean) => void;
  look: LogLook;
  onLook: (change: Partial<LogLook>) => void;
  follow: boolean;
  onFollow: (follow: boolean) => void;
  downloadPath: string;
  status: ReactNode;
}

/** What can be done to a log, in two rows that wrap on narrow screens. */
export function LogToolbar(props: ToolbarProps) {
  // On narrow screens the lines need the room.
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="kyma-log-toolbar">
      <SearchRow {...props} />
      <div className={isOpen ? "kyma-log-tools kyma-log-tools-open" : "kyma-log-tools"}>
        <Button
          className="kyma-log-options"
          variant="control"
          aria-expanded={isOpen}
          icon={<SlidersHIcon />}
          onClick={() => setOpen(!isOpen)}
        >
          Options
        </Button>
        <Choice
          label="Range"
          value={props.range}
          onChange={props.onRange}
          options={ranges.map(({ key, label }) => [key, label])}
        />
        <Choice
          label="Severity"
          value={props.level}
          onChange={(level) => props.onLevel(level as LevelChoice)}
          options={[
            ["all", "All severities"],
            ["warning", "Warnings, errors"],
            ["error", "Errors only"],
          ]}
        />
        <Choice
          label="Time stamps"
          value={props.look.time}
          onChange={(time) => props.onLook({ time: time as TimeStyle })}
          options={[
            ["none", "No time"],
            ["local", "Local time"],
            ["utc", "UTC"],
            ["relative", "Age"],
          ]}
        />
        <SourceMenu store={props.store} hidden={props.hidden} onHidden={props.onHidden} />
        <ToggleGroup className="kyma-log-optional" aria-label="How lines are shown">
          <ToggleGroupItem
            text="Wrap"
            buttonId="log-wrap"
            isSelected={props.look.wrap}
            onChange={(_event, wrap) => props.onLook({ wrap })}
          />
          <ToggleGroupItem
            text="JSON columns"
            buttonId="log-columns"
            isSelected={props.look.columns}
            onChange={(_event, columns) => props.onLook({ columns })}
          />
          <ToggleGroupItem
            text="Previous run"
            buttonId="log-previous"
            isSelected={props.previous}
            onChange={(_event, previous) => props.onPrevious(previous)}
          />
        </ToggleGroup>
        {props.previous ? null : (
          <Button
            variant="control"
            icon={props.follow ? <PauseIcon /> : <PlayIcon />}
            onClick={() => props.onFollow(!props.follow)}
          >
            {props.follow ? "Pause" : "Follow"}
          </Button>
        )}
        <Button variant="control" icon={<DownloadIcon />} component="a" href={props.downloadPath} download>
          Download all
        </Button>
        <span className="kyma-log-status">{props.status}</span>
      </div>
    </div>
  );
}

function SearchRow(props: ToolbarProps) {
  const { search, store, hit, searchError } = props;
  const count = store.hits.length;
  return (
    <div className="kyma-log-search">
      <SearchInput
        id="log-search"
        aria-label="Search the log"
        placeholder={search.isRegex ? "Regular expression" : "Search"}
        value={search.text}
        onChange={(_event, text) => props.onSearch({ text })}
        onClear={() => props.onSearch({ text: "" })}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          props.onStep(event.shiftKey ? -1 : 1);
        }}
        aria-invalid={searchError !== undefined}
        {...(search.text === "" || searchError
          ? {}
          : { resultsCount: `${hit.toLocaleString("en")} / ${count.toLocaleString("en")}` })}
      />
      <Button
        variant="control"
        aria-label="Previous match"
        icon={<AngleUpIcon />}
        isDisabled={count === 0}
        onClick={() => props.onStep(-1)}
      />
      <Button
        variant="control"
        aria-label="Next match"
        icon={<AngleDownIcon />}
        isDisabled={count === 0}
        onClick={() => props.onStep(1)}
      />
      <ToggleGroup aria-label="How to search">
        <ToggleGroupItem
          text=".*"
          aria-label="Regular expression"
          buttonId="log-regex"
          isSelected={search.isRegex}
          onChange={(_event, isRegex) => props.onSearch({ isRegex })}
        />
        <ToggleGroupItem
          text="Only matches"
          buttonId="log-only"
          isSelected={search.onlyMatches}
          onChange={(_event, onlyMatches) => props.onSearch({ onlyMatches })}
        />
      </ToggleGroup>
      {searchError ? (
        <span className="kyma-log-fault" role="alert">
          {searchError}
        </span>
      ) : null}
    </div>
  );
}

function Choice(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly (readonly [string, string])[];
}) {
  return (
    <FormSelect
      className="kyma-log-choice kyma-log-optional"
      aria-label={props.label}
      value={props.value}
      onChange={(_event, value) => props.onChange(value)}
    >
      {props.options.map(([value, label]) => (
        <FormSelectOption key={value} value={value} label={label} />
      ))}
    </FormSelect>
  );
}
