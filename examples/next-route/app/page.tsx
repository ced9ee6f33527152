import { MessageForm } from "./message-form";

export default function Page() {
  return (
    <>
      <form method="post" action="/login">
        <label>
          Your name <input name="name" required />
        </label>
        <button>Sign in</button>
      </form>
      {/* The sandbox has this contact. */}
      <MessageForm contactId="3df1de47-de0f-45bc-9b7e-88ac0334eca1" />
    </>
  );
}
