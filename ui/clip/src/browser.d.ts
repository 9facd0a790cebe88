// The few calls of the browser's extension interface that are used.

declare namespace chrome {
  namespace storage {
    const local: {
      get(keys: string[]): Promise<Record<string, unknown>>;
      set(items: Record<string, unknown>): Promise<void>;
    };
  }
  namespace tabs {
    function query(query: { active: boolean; currentWindow: boolean }): Promise<{ id?: number }[]>;
  }
  namespace scripting {
    function executeScript<T>(injection: {
      target: { tabId: number };
      func: () => T;
    }): Promise<{ result?: T }[]>;
  }
  namespace permissions {
    function request(permissions: { origins: string[] }): Promise<boolean>;
    function contains(permissions: { origins: string[] }): Promise<boolean>;
  }
  namespace runtime {
    function sendMessage<T>(message: unknown): Promise<T>;
    function openOptionsPage(): Promise<void>;
    const onMessage: {
      addListener(
        listener: (
          message: unknown,
          sender: unknown,
          answer: (value: unknown) => void,
        ) => boolean | undefined,
      ): void;
    };
  }
}
