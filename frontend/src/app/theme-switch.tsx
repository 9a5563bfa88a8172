import { Dropdown, DropdownItem, DropdownList, MenuToggle } from "@patternfly/react-core";
import { DesktopIcon, MoonIcon, SunIcon } from "@patternfly/react-icons";
import { useState } from "react";
import type { ThemeChoice } from "#ui/theme.ts";
import { chooseTheme, useThemeChoice } from "#ui/theme.ts";

const choices: { value: ThemeChoice; label: string; Icon: typeof SunIcon }[] = [
  { value: "light", label: "Light", Icon: SunIcon },
  { value: "dark", label: "Dark", Icon: MoonIcon },
  { value: "system", label: "As the system", Icon: DesktopIcon },
];

/** Light, dark, or what the system has. */
export function ThemeSwitch() {
  const [isOpen, setOpen] = useState(false);
  const choice = useThemeChoice();
  const { Icon: ChosenIcon } = choices.find(({ value }) => value === choice) ?? { Icon: DesktopIcon };
  return (
    <Dropdown
      isOpen={isOpen}
      onOpenChange={setOpen}
      onSelect={(_event, value) => {
        chooseTheme(value as ThemeChoice);
        setOpen(false);
      }}
      popperProps={{ position: "right" }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          variant="plain"
          aria-label="Theme"
          isExpanded={isOpen}
          icon={<ChosenIcon />}
          onClick={() => setOpen(!isOpen)}
        />
      )}
    >
      <DropdownList>
        {choices.map(({ value, label, Icon }) => (
          <DropdownItem key={value} value={value} icon={<Icon />} isSelected={value === choice}>
            {label}
          </DropdownItem>
        ))}
      </DropdownList>
    </Dropdown>
  );
}
