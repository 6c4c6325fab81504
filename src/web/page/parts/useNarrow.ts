import { useEffect, useState } from 'preact/hooks';

const narrow = matchMedia('(max-width: 720px)');

/** Returns whether the page is as narrow as a phone. */
export function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(narrow.matches);
  useEffect(() => {
    const hear = () => setNarrow(narrow.matches);
    narrow.addEventListener('change', hear);
    return () => narrow.removeEventListener('change', hear);
  }, []);
  return isNarrow;
}
