import { cx } from "@/ui/cx";

interface FormErrorProps {
  message: string;
  reference?: string | null;
  isGentle?: boolean;
}

export function FormError({ message, reference = null, isGentle = false }: FormErrorProps) {
  return (
    <div
      role={isGentle ? "status" : "alert"}
      className={cx(
        "rounded-control px-4 py-3 font-bold",
        isGentle ? "bg-calm text-calm-ink" : "anim-shake bg-bad text-bad-ink",
      )}
    >
      {message}
      {reference !== null && <span className="mt-1 block text-sm">{reference}</span>}
    </div>
  );
}
