import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { ConfirmDelete } from "./confirm-delete.tsx";

function open(onDelete: () => Promise<void>, typeName = true) {
  const onClose = vi.fn();
  render(
    <ConfirmDelete kind="namespace" name="shop" typeName={typeName} onDelete={onDelete} onClose={onClose} />,
  );
  return { onClose, button: screen.getByRole("button", { name: "Delete" }) };
}

describe("ConfirmDelete", () => {
  it("deletes only after the name was typed in full", async () => {
    const onDelete = vi.fn(async () => {});
    const { onClose, button } = open(onDelete);
    const field = screen.getByLabelText("Type shop to confirm");
    fireEvent.change(field, { target: { value: "sho" } });
    fireEvent.click(button);
    expect(onDelete).not.toHaveBeenCalled();
    fireEvent.change(field, { target: { value: "shop" } });
    fireEvent.click(button);
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(onDelete).toHaveBeenCalledTimes(1);
  });
  it("stays open with the reason when it fails", async () => {
    const { onClose, button } = open(
      async () => Promise.reject(new Error("you may not delete namespaces")),
      false,
    );
    fireEvent.click(button);
    await screen.findByText(/you may not delete namespaces/);
    expect(onClose).not.toHaveBeenCalled();
  });
});
