"""Pages of award rounds, nominations, publicity, awards given and the reward fund."""
