# wants: a port that others can reach
import socket
server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen()
print("@TOKEN" + "@")
