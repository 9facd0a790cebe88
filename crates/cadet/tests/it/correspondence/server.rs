//! A mail server of the test's own on the loopback address: takes mails, refuses some, and hangs up when told to.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A mail that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// To whom, in order.
    pub to: Vec<String>,
    /// The whole message.
    pub text: String,
}

/// The server; it ends with the test.
pub struct MailServer {
    /// `smtp://127.0.0.1:PORT?tls=none`, without a login.
    pub url: String,
    taken: Arc<Mutex<Vec<Taken>>>,
    hang_ups: Arc<AtomicUsize>,
}

impl MailServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound address");
        let server = Self {
            url: format!("smtp://{address}"),
            taken: Arc::default(),
            hang_ups: Arc::default(),
        };
        let (taken, hang_ups) = (server.taken.clone(), server.hang_ups.clone());
        tokio::spawn(async move {
            while let Ok((wire, _)) = listener.accept().await {
                tokio::spawn(talk(wire, taken.clone(), hang_ups.clone()));
            }
        });
        server
    }

    /// The next mails are taken, and the connection ends before that is said.
    pub fn hang_up_after_taking(&self, count: usize) {
        self.hang_ups.store(count, Ordering::SeqCst);
    }

    /// What was taken.
    pub fn mails(&self) -> Vec<Taken> {
        self.taken.lock().expect("no holder panicked").clone()
    }
}

async fn talk(wire: TcpStream, taken: Arc<Mutex<Vec<Taken>>>, hang_ups: Arc<AtomicUsize>) {
    let mut wire = BufReader::new(wire);
    let _ = wire.write_all(b"220 test ESMTP\r\n").await;
    let mut to = Vec::new();
    loop {
        let mut line = String::new();
        if wire.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let command = line.trim_end().to_owned();
        let answer = match command
            .split([' ', ':'])
            .next()
            .unwrap_or("")
            .to_uppercase()
            .as_str()
        {
            "EHLO" | "HELO" => "250-test\r\n250 8BITMIME\r\n",
            "MAIL" => {
                to.clear();
                "250 ok\r\n"
            }
            "RCPT" if command.contains("@refused.example") => "550 mailbox unavailable\r\n",
            "RCPT" => {
                let address = command
                    .split('<')
                    .nth(1)
                    .and_then(|rest| rest.split('>').next());
                to.extend(address.map(str::to_owned));
                "250 ok\r\n"
            }
            "DATA" => {
                let _ = wire.write_all(b"354 go on\r\n").await;
                let text = data(&mut wire).await;
                let mail = Taken {
                    to: to.clone(),
                    text,
                };
                taken.lock().expect("no holder panicked").push(mail);
                let left = hang_ups.load(Ordering::SeqCst);
                if left > 0 {
                    hang_ups.store(left - 1, Ordering::SeqCst);
                    return;
                }
                "250 taken\r\n"
            }
            "QUIT" => {
                let _ = wire.write_all(b"221 bye\r\n").await;
                return;
            }
            _ => "250 ok\r\n",
        };
        let _ = wire.write_all(answer.as_bytes()).await;
    }
}

async fn data(wire: &mut BufReader<TcpStream>) -> String {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if wire.read_line(&mut line).await.unwrap_or(0) == 0 || line == ".\r\n" {
            return text;
        }
        text.push_str(&line);
    }
}
