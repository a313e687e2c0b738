// Sends the form that was kept through the log-in.
document.querySelector("form[data-resend]")?.requestSubmit();
