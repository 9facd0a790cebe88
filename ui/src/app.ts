// The script of every page. Pages work without it; it saves round trips and adds the keyboard.

import "htmx.org";
// Before `busy`, which shows that forms are sent: this one answers some of them itself.
import "./keep";
import "./busy";
import "./board";
import "./fields";
import "./finder";
import "./keyboard";
