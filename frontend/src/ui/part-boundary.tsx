import { Component, type ReactNode } from "react";
import { ErrorAlert } from "./error-state.tsx";

/** A part that fails says so in its place, and leaves the rest of the page alone. */
export class PartBoundary extends Component<{ what: string; children: ReactNode }, { error: unknown }> {
  override state = { error: undefined as unknown };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { what, children } = this.props;
    if (this.state.error === undefined) return children;
    const retry = () => this.setState({ error: undefined });
    return (
      <ErrorAlert title={`It was not possible to show ${what}`} error={this.state.error} retry={retry} />
    );
  }
}
