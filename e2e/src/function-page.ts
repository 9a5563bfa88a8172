import { expect, type Page } from "@playwright/test";

/** What a person does on the Function page. */
export class FunctionPage {
  readonly page: Page;
  readonly namespace: string;
  readonly name: string;

  constructor(page: Page, namespace: string, name: string) {
    this.page = page;
    this.namespace = namespace;
    this.name = name;
  }

  /** From the list: the button, the form, the page of the new Function. */
  async create(template: string): Promise<void> {
    await this.page.goto(`/namespaces/${this.namespace}/functions`);
    await this.page
      .getByRole("link", { name: "Create a Function" })
      .or(this.page.getByRole("button", { name: "Create a Function" }))
      .first()
      .click();
    await this.page.getByRole("textbox", { name: "Name", exact: true }).fill(this.name);
    // The whole card is the label of its radio button, above its text.
    await this.page.getByText(template, { exact: true }).click({ force: true });
    await expect(this.page.getByRole("radio", { name: template })).toBeChecked();
    await this.page.getByRole("button", { name: "Create", exact: true }).click();
    await expect(this.page.getByRole("heading", { level: 1, name: this.name })).toBeVisible();
  }

  async expectState(state: string): Promise<void> {
    await expect(this.page.getByRole("main").getByText(state, { exact: true }).first()).toBeVisible({
      timeout: 60_000,
    });
  }

  async open(tab: string): Promise<void> {
    await this.page.getByRole("tab", { name: tab }).click();
  }

  /** Replaces the source by pasting (the editor closes brackets for those who type) and saves it with the keyboard. */
  async write(source: string): Promise<void> {
    await this.open("Code");
    const editor = this.page.getByRole("textbox", { name: `Source of ${this.name}` });
    await editor.focus();
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await this.page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(source)})`);
    await this.page.keyboard.press("ControlOrMeta+V");
    await this.page.keyboard.press("ControlOrMeta+S");
  }

  async run(): Promise<void> {
    await this.open("Run");
    await this.page.getByRole("button", { name: "Run", exact: true }).click();
  }
}
