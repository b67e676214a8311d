import { useCallback, useEffect, useRef, useState } from "react";

export type Playing = "silent" | "normal" | "slow" | "failed";

const SLOW = 0.75;

export interface SpeechPlayer {
  playing: Playing;
  /** Address of what is being played, so that one of several buttons can move. */
  url: string | null;
  play: (url: string, isSlow?: boolean) => void;
  stop: () => void;
}

/** One voice for the whole player: a new sound ends the one before. */
export function useSpeech(): SpeechPlayer {
  const element = useRef<HTMLAudioElement | null>(null);
  const [playing, setPlaying] = useState<Playing>("silent");
  const [url, setUrl] = useState<string | null>(null);

  const stop = useCallback(() => {
    element.current?.pause();
    setPlaying("silent");
  }, []);

  const play = useCallback((source: string, isSlow = false) => {
    const audio = (element.current ??= new Audio());
    audio.onended = () => setPlaying("silent");
    if (audio.src !== new URL(source, location.href).href) audio.src = source;
    audio.playbackRate = isSlow ? SLOW : 1;
    audio.currentTime = 0;
    setUrl(source);
    setPlaying(isSlow ? "slow" : "normal");
    audio.play().catch((error: unknown) => {
      const name = error instanceof DOMException ? error.name : "";
      // AbortError: another sound took over. NotAllowedError: no gesture on this page yet, the button is there.
      if (name === "AbortError") return;
      setPlaying(name === "NotAllowedError" ? "silent" : "failed");
    });
  }, []);

  useEffect(
    () => () => {
      element.current?.pause();
      element.current = null;
    },
    [],
  );

  return { playing, url, play, stop };
}
