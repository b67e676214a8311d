import { type ReactNode, useEffect, useId, useRef } from "react";

interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  picture?: ReactNode;
  children: ReactNode;
}

/** The browser's own modal: it traps focus, makes the page inert and closes on Escape without a line of ours. */
export function Dialog({ isOpen, onClose, title, picture, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null) return;
    if (isOpen && !dialog.open) dialog.showModal();
    if (!isOpen && dialog.open) dialog.close();
  }, [isOpen]);

  return (
    <dialog
      ref={ref}
      onClose={onClose}
      aria-labelledby={titleId}
      className="m-auto w-[min(26rem,calc(100vw-2rem))] rounded-card border-2 border-line bg-surface p-6 text-center text-text shadow-2xl open:anim-appear"
    >
      {isOpen && (
        <>
          {picture}
          <h2 id={titleId} className="text-xl font-extrabold">
            {title}
          </h2>
          {children}
        </>
      )}
    </dialog>
  );
}
