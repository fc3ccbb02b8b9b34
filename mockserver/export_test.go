package mockserver

var WriteJSON = writeJSON
