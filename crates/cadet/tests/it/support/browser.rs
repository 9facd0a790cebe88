//! A client of the served Cadet that keeps cookies and follows no redirect by itself.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode};
use serde_json::Value;

/// A client that every [`Browser`] of a test shares.
pub fn client() -> reqwest::Client {
    // A second test may have been first; either provider will do.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client without TLS settings")
}

/// Somebody at the other end of the wire.
#[derive(Clone)]
pub struct Browser {
    client: reqwest::Client,
    url: String,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
    headers: HeaderMap,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub text: String,
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text))
    }

    /// A header's text; empty when it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
    }
}

impl Browser {
    pub(super) fn new(client: reqwest::Client, url: String) -> Self {
        Self {
            client,
            url,
            cookies: Arc::default(),
            headers: HeaderMap::new(),
        }
    }

    /// With a cookie.
    pub fn with_cookie(self, name: &str, value: &str) -> Self {
        let mut cookies = self.cookies.lock().expect("no holder panicked");
        cookies.insert(name.into(), value.into());
        drop(cookies);
        self
    }

    /// With a personal access token.
    pub fn with_bearer(self, secret: &str) -> Self {
        self.with_header("authorization", &format!("Bearer {secret}"))
    }

    /// With a header on every request.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::try_from(name).expect("a header name");
        let value = HeaderValue::from_str(value).expect("a header value");
        self.headers.insert(name, value);
        self
    }

    /// The cookies it holds.
    pub fn cookies(&self) -> BTreeMap<String, String> {
        self.cookies.lock().expect("no holder panicked").clone()
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    /// A form sent from one of our own pages.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let kind = "application/x-www-form-urlencoded";
        self.send(Method::POST, path, Some((kind, body))).await
    }

    /// Sends a form with one file.
    pub async fn post_file(&self, path: &str, name: &str, bytes: &[u8]) -> Answer {
        let edge = "cadet-test-edge";
        let mut body = format!(
            "--{edge}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{edge}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={edge}");
        self.send_bytes(Method::POST, path, &kind, body).await
    }

    /// A JSON body.
    pub async fn post_json(&self, path: &str, body: &Value) -> Answer {
        self.send_json(Method::POST, path, body).await
    }

    /// A JSON body with any method.
    pub async fn send_json(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.send(method, path, Some(("application/json", body.to_string())))
            .await
    }

    /// Any request. It says that it comes from our own pages, unless [`Browser::with_header`] says otherwise.
    pub async fn send(&self, method: Method, path: &str, body: Option<(&str, String)>) -> Answer {
        let mut request = self.request(method, path);
        if let Some((kind, body)) = body {
            request = request.header("content-type", kind).body(body);
        }
        self.answer(request).await
    }

    /// A body of any kind.
    pub async fn send_bytes(
        &self,
        method: Method,
        path: &str,
        kind: &str,
        body: Vec<u8>,
    ) -> Answer {
        let request = self.request(method, path);
        self.answer(request.header("content-type", kind).body(body))
            .await
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.url))
            .header("sec-fetch-site", "same-origin")
            .header("cookie", self.cookie_header())
    }

    async fn answer(&self, request: reqwest::RequestBuilder) -> Answer {
        let sent = request.headers(self.headers.clone()).send().await;
        let response = sent.expect("the server answers");
        let (status, headers) = (response.status(), response.headers().clone());
        self.keep_cookies(&headers);
        Answer {
            status,
            headers,
            text: response.text().await.expect("a body of text"),
        }
    }

    fn cookie_header(&self) -> String {
        let cookies = self.cookies.lock().expect("no holder panicked");
        let pairs: Vec<String> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        let mut cookies = self.cookies.lock().expect("no holder panicked");
        for value in headers.get_all("set-cookie") {
            let cookie = cookie::Cookie::parse(value.to_str().expect("ASCII")).expect("a cookie");
            if cookie.max_age().is_some_and(|age| age.is_zero()) {
                cookies.remove(cookie.name());
            } else {
                cookies.insert(cookie.name().into(), cookie.value().into());
            }
        }
    }
}
